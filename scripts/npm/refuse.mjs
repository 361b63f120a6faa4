// A workspace is not packed as it lies: it imports private packages and names its sources.
console.error('Use `npm run pack`; what is published is made under build/npm by `npm run stage`.');
process.exit(1);
