// The worker's script as text: page.mjs puts it there.
declare module "safehand:worker" {
  const text: string;
  export default text;
}
