// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.30;

/// Anchors the checkpoints of one RFC 6962 log. A new root is accepted only with a consistency proof
/// from the anchored one, so that a forked or rolled-back log cannot be anchored at all, not even by
/// the holder of the anchoring key.
///
/// Only the newest root is kept in storage: every older leaf is provable against it, because the log
/// only grows, and a slot per anchor would cost about 19,000 gas more. Older roots are in the events.
contract AnchorRegistry {
    /// SHA-256 of the log's origin line: one registry serves one log.
    bytes32 public immutable logId;

    /// May appoint the anchorer and hand itself over; meant to be the members, not a node.
    address public owner;

    // One storage slot: both are read, and the size written, by every anchor.
    address public anchorer;
    uint64 private size;

    bytes32 private root;

    event Anchored(uint64 indexed newSize, bytes32 newRoot, uint64 oldSize, uint64 anchoredAt);
    event AnchorerChanged(address indexed anchorer);
    event OwnerChanged(address indexed owner);

    error NotOwner();
    error NotAnchorer();
    error ZeroAddress();
    /// oldSize is not the anchored size.
    error StaleSize(uint64 anchoredSize);
    error NotLarger();
    /// Another root is anchored for this very size: the log has forked.
    error RootConflict(uint64 size, bytes32 anchoredRoot);
    error BadConsistencyProof();
    error SizeNotAnchored(uint64 anchoredSize);

    constructor(bytes32 logId_, address owner_, address anchorer_) {
        if (owner_ == address(0) || anchorer_ == address(0)) revert ZeroAddress();
        logId = logId_;
        owner = owner_;
        anchorer = anchorer_;
        emit OwnerChanged(owner_);
        emit AnchorerChanged(anchorer_);
    }

    function setAnchorer(address next) external {
        if (msg.sender != owner) revert NotOwner();
        if (next == address(0)) revert ZeroAddress();
        anchorer = next;
        emit AnchorerChanged(next);
    }

    function setOwner(address next) external {
        if (msg.sender != owner) revert NotOwner();
        if (next == address(0)) revert ZeroAddress();
        owner = next;
        emit OwnerChanged(next);
    }

    /// The anchored checkpoint; (0, 0) before the first.
    function head() external view returns (uint64, bytes32) {
        return (size, root);
    }

    /// Replaces the anchored checkpoint by a larger one. Repeating the anchored one changes nothing.
    function anchor(uint64 oldSize, uint64 newSize, bytes32 newRoot, bytes32[] calldata proof) external {
        if (msg.sender != anchorer) revert NotAnchorer();
        uint64 current = size;
        bytes32 currentRoot = root;
        if (newSize == current && current != 0) {
            if (newRoot != currentRoot) revert RootConflict(current, currentRoot);
            return;
        }
        if (oldSize != current) revert StaleSize(current);
        if (newSize <= oldSize) revert NotLarger();
        if (!consistent(oldSize, newSize, currentRoot, newRoot, proof)) revert BadConsistencyProof();
        size = newSize;
        root = newRoot;
        emit Anchored(newSize, newRoot, oldSize, uint64(block.timestamp));
    }

    /// Whether the leaf with this hash is at this index of the anchored tree (RFC 9162, 2.1.3.2).
    function verifyInclusion(bytes32 leafHash, uint64 index, bytes32[] calldata proof, uint64 atSize)
        external
        view
        returns (bool)
    {
        if (atSize != size || atSize == 0) revert SizeNotAnchored(size);
        if (index >= atSize) return false;
        uint256 fn = index;
        uint256 sn = atSize - 1;
        bytes32 r = leafHash;
        for (uint256 i = 0; i < proof.length; i++) {
            if (sn == 0) return false;
            if (fn & 1 == 1 || fn == sn) {
                r = node(proof[i], r);
                while (fn & 1 == 0 && fn != 0) {
                    fn >>= 1;
                    sn >>= 1;
                }
            } else {
                r = node(r, proof[i]);
            }
            fn >>= 1;
            sn >>= 1;
        }
        return sn == 0 && r == root;
    }

    /// RFC 9162, 2.1.4.2. Every tree is consistent with the empty one, with an empty proof.
    function consistent(uint64 oldSize, uint64 newSize, bytes32 oldRoot, bytes32 newRoot, bytes32[] calldata proof)
        private
        view
        returns (bool)
    {
        if (oldSize == 0) return proof.length == 0;
        if (proof.length == 0) return false;
        uint256 fn = oldSize - 1;
        uint256 sn = newSize - 1;
        while (fn & 1 == 1) {
            fn >>= 1;
            sn >>= 1;
        }
        // fn is 0 exactly where oldSize is a power of two: then the old root opens the proof itself.
        uint256 next = fn == 0 ? 0 : 1;
        bytes32 fr = fn == 0 ? oldRoot : proof[0];
        bytes32 sr = fr;
        for (; next < proof.length; next++) {
            if (sn == 0) return false;
            bytes32 c = proof[next];
            if (fn & 1 == 1 || fn == sn) {
                fr = node(c, fr);
                sr = node(c, sr);
                while (fn & 1 == 0 && fn != 0) {
                    fn >>= 1;
                    sn >>= 1;
                }
            } else {
                sr = node(sr, c);
            }
            fn >>= 1;
            sn >>= 1;
        }
        return sn == 0 && fr == oldRoot && sr == newRoot;
    }

    /// SHA-256(0x01 || left || right), by the precompile at address 2, in memory nobody has claimed.
    function node(bytes32 left, bytes32 right) private view returns (bytes32 hash) {
        assembly ("memory-safe") {
            let at := mload(0x40)
            mstore8(at, 1)
            mstore(add(at, 1), left)
            mstore(add(at, 33), right)
            if iszero(staticcall(gas(), 2, at, 65, 0, 32)) { revert(0, 0) }
            hash := mload(0)
        }
    }
}
