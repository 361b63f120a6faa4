declare module 'dcmjs-codecs/build/dcmjs-codecs.min.js' {
  const codecs: {
    readonly NativeCodecs: { _getWebAssemblyBytes: () => Promise<ArrayBuffer> };
  };
  export default codecs;
}
