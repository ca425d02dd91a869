/** An HTTP method, shown by name and colour. */
export function MethodTag({ method }: { method: string }) {
  return <span class={`method method-${method.toLowerCase()}`}>{method}</span>;
}
