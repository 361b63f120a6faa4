export { machineName } from './machine-name.js';
