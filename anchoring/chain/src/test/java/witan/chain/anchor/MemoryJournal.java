package witan.chain.anchor;

/** Survives the Anchorer it serves. */
final class MemoryJournal implements AnchorJournal {
  Fuse fuse = Fuse.never();
  private State state = new State(null, null, null);

  @Override
  public State load() {
    return state;
  }

  @Override
  public void adopt(ChainIdentity identity) {
    write("adopt", new State(identity, null, null));
  }

  @Override
  public void intend(AnchorIntent intent) {
    write("intend", new State(state.identity(), intent, null));
  }

  @Override
  public void confirm(AnchorReceipt receipt) {
    write("confirm", new State(state.identity(), state.intent(), receipt));
  }

  private void write(String name, State next) {
    fuse.point("before " + name);
    state = next;
    fuse.point("after " + name);
  }
}
