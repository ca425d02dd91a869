/** An HTTP method, told apart by colour and by its name. */
export function MethodTag({ method }: { method: string }) {
  return <span class={`method method-${method.toLowerCase()}`}>{method}</span>;
}
