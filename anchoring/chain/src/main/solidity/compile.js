// Compiles AnchorRegistry.sol into ../resources/witan/chain/anchor. The output carries no metadata,
// so that the same compiler gives the same bytes everywhere; --check compares instead of writing.
'use strict';
const fs = require('fs');
const path = require('path');
const solc = require('solc');

const name = 'AnchorRegistry';
const out = path.join(__dirname, '../resources/witan/chain/anchor');
const input = {
  language: 'Solidity',
  sources: { [`${name}.sol`]: { content: fs.readFileSync(path.join(__dirname, `${name}.sol`), 'utf8') } },
  settings: {
    evmVersion: 'london',
    optimizer: { enabled: true, runs: 10000 },
    metadata: { bytecodeHash: 'none', appendCBOR: false },
    outputSelection: { '*': { '*': ['abi', 'evm.bytecode.object'] } },
  },
};
const result = JSON.parse(solc.compile(JSON.stringify(input)));
if (result.errors) {
  console.error(result.errors.map((e) => e.formattedMessage).join('\n'));
  process.exit(1);
}
const contract = result.contracts[`${name}.sol`][name];
const files = {
  [`${name}.abi`]: JSON.stringify(contract.abi, null, 1) + '\n',
  [`${name}.bin`]: contract.evm.bytecode.object + '\n',
};
for (const [file, text] of Object.entries(files)) {
  const target = path.join(out, file);
  if (!process.argv.includes('--check')) {
    fs.mkdirSync(out, { recursive: true });
    fs.writeFileSync(target, text);
  } else if (fs.readFileSync(target, 'utf8') !== text) {
    console.error(`${file} is not what ${solc.version()} makes of ${name}.sol`);
    process.exit(1);
  }
}
console.log(`${name}: ${contract.evm.bytecode.object.length / 2} bytes, solc ${solc.version()}`);
