// Loaded into the api and the worker by the supervisor: where it is killed, they stop as if it had asked them to.
if (process.channel) {
  process.once('disconnect', () => {
    process.kill(process.pid, 'SIGTERM');
    setTimeout(() => process.exit(1), 4000).unref();
  });
  process.channel.unref();
}
