import codecs from 'dcmjs-codecs/build/dcmjs-codecs.min.js';
import { decoderProgram } from '../pages/model/decoder-program.js';

codecs.NativeCodecs._getWebAssemblyBytes = decoderProgram;

/** Stands in for `dcmjs-codecs`, which would fetch its WebAssembly itself. */
export default codecs;
