export { concludeReaders, type ReadStudy, readStudy } from './conclude/conclude.js';
export { type ReaderState, type ReadersStatus, readersStatus } from './conclude/status.js';
export { type DemoOptions, readersDemo } from './demo/demo.js';
export type { Deviation } from './deviations/deviations.js';
export { parseReadersFile, readReadersFile } from './file/read.js';
export { type ReadersTemplateChoices, readersTemplate } from './file/template.js';
export { type ReadersFolder, readersFolder } from './folder.js';
export { type RegisterReadersOptions, registerReaders } from './register/register-readers.js';
export { type Override, type ReadersServer, type ServeReadersOptions, serveReaders } from './server/serve-readers.js';
