/** The address under which the build serves a file. */
declare module '*?url' {
  const address: string;
  export default address;
}
