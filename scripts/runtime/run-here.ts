/**
 * Runs the local runtime in this process, so that whatever ends this process ends the runtime. Resolves with the exit
 * code where it does not come up; once it is up, it ends the process itself.
 */
export async function runHere(): Promise<number | undefined> {
  const boot = watchSignals();
  await import('../../local/main.ts');
  boot.isOver = true;
  return process.exitCode === undefined ? undefined : Number(process.exitCode);
}

/**
 * Tells the launcher which signals have come, so that it does not send them again. The runtime stops in order at the
 * first; a second Ctrl-C, or one during boot, ends the process at once.
 */
function watchSignals(): { isOver: boolean } {
  const boot = { isOver: false };
  let interrupts = 0;
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.on(signal, () => {
      tellLauncher(signal);
      if (signal === 'SIGINT') interrupts += 1;
      if (!boot.isOver || interrupts > 1) process.exit(130);
      if (signal === 'SIGHUP') process.kill(process.pid, 'SIGTERM');
    });
  }
  return boot;
}

function tellLauncher(signal: string): void {
  // Where the launcher is gone in this very moment, there is nobody left to tell.
  if (process.connected) process.send?.(signal, undefined, undefined, () => undefined);
}

/** A launcher that was killed tells nobody; without this, what it started would keep the port. */
export function stopWithLauncher(): void {
  if (process.send === undefined) return;
  process.once('disconnect', () => process.kill(process.pid, 'SIGTERM'));
  process.channel?.unref();
}
