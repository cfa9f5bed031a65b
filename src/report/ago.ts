/** How long ago a time was, as people say it: `2 hours ago`. */
export function ago(iso: string, now: Date): string {
  const minutes = Math.floor((now.getTime() - Date.parse(iso)) / 60_000);
  if (minutes < 1) return 'just now';
  if (minutes < 60) return counted(minutes, 'minute');
  const hours = Math.floor(minutes / 60);
  if (hours < 24) return counted(hours, 'hour');
  const days = Math.floor(hours / 24);
  return days < 60 ? counted(days, 'day') : counted(Math.floor(days / 30), 'month');
}

function counted(count: number, unit: string): string {
  return `${count} ${unit}${count === 1 ? '' : 's'} ago`;
}
