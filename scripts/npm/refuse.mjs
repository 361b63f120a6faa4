// A workspace is not packed as it lies: it imports private packages and names its sources.
console.error('Pack and publish from build/npm, which `npm run stage` makes.');
process.exit(1);
