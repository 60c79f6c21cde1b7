// The Chromium that comes by npm for Linux. It looks for its libraries only where it believes to be in a cloud function.

export async function carriedChromium(): Promise<{
  executablePath: string;
  args: string[];
  env: Record<string, string | undefined>;
}> {
  process.env['AWS_LAMBDA_JS_RUNTIME'] ??= 'nodejs22.x';
  const { default: carried } = await import('@sparticuz/chromium');
  const executablePath = await carried.executablePath();
  const args = carried.args.filter((arg) => arg !== '--single-process');
  return { executablePath, args, env: { LD_LIBRARY_PATH: process.env['LD_LIBRARY_PATH'] } };
}
