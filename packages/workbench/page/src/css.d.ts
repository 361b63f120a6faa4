declare module '*.css';

/** The address of a file that is built into the page. */
declare module '*?url' {
  const address: string;
  export default address;
}
