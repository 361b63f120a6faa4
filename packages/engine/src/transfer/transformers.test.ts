import { trainsAsInPyTorch } from './transformers.test-support.js';

// All files are tried in transformers.slow.test.ts.
trainsAsInPyTorch(['convnext-dynamo-20-open.onnx.gz', 'vit-legacy-18-one.onnx.gz', 'swin-dynamo-18-open.onnx.gz']);
