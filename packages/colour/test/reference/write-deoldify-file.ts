import { writeDeoldifyFile } from '../../src/colorizer/deoldify-file.test-support.js';

/** Writes the network of `deoldify-narrow.json`, for deoldify_recipe.py: npx tsx --conditions=chromaray-source write-deoldify-file.ts FILE */
writeDeoldifyFile(process.argv[2]!, 128);
