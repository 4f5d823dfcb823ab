/** Lines in the shape of what comes, drawn only after 300 ms (by CSS, so that nothing flashes). */
export function Lines({ rows = 6, label = 'Loading' }: { rows?: number; label?: string }) {
  return (
    <div className="skels" role="status">
      <span className="vh">{label}</span>
      {Array.from({ length: rows }, (_, row) => (
        <span key={row} className={`skel w${row % 4}`} />
      ))}
    </div>
  );
}
