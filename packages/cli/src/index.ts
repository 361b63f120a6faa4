/** The library: a study from its file to its verdict, without the command line. */
export { ChromarayError, isChromarayError } from '@chromaray/base';
export * from '@chromaray/colour';
export * from '@chromaray/contracts';
export * from '@chromaray/data';
export * from '@chromaray/replicate';
export * from '@chromaray/store';
export * from '@chromaray/study';
