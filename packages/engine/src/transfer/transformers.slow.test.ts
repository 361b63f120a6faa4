import { exportedFiles, trainsAsInPyTorch } from './transformers.test-support.js';

trainsAsInPyTorch(exportedFiles);
