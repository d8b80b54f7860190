// Files that leave the tab. Nothing is sent: the browser saves what the page has made.

export function saveBlob(blob: Blob, name: string): void {
  const url = URL.createObjectURL(blob);
  const link = document.createElement('a');
  link.href = url;
  link.download = name.replace(/[^\w.()+ -]+/g, '-').slice(0, 120);
  link.click();
  // The browser has taken the content by the next turn.
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}

export function saveText(text: string, name: string, type: string): void {
  saveBlob(new Blob([text], { type: `${type};charset=utf-8` }), name);
}

/** Any answer as JSON: columns of numbers as lists, what is no finite number as null. */
export function saveJson(content: unknown, name: string): void {
  const plain = (_: string, value: unknown): unknown =>
    ArrayBuffer.isView(value) ? Array.from(value as Float64Array) : value;
  saveText(`${JSON.stringify(content, plain, 2)}\n`, name, 'application/json');
}
