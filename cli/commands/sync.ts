export async function sync(_file: string, _options: object): Promise<void> {}
