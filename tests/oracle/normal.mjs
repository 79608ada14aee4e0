// Values of feelin in the form in which tests/oracle/normal.py writes ours: what JSON has as it is, the rest as a list that
// begins with a word for its kind. Lists and contexts are such lists too, so that nothing can be taken for something else.
import { FeelDate, FeelDateTime, FeelDuration, FeelTime, isFunction, isRange } from 'feelin';

export function normal(value) {
  if (value === undefined || value === null || typeof value === 'boolean' || typeof value === 'string') return value ?? null;
  if (typeof value === 'number') return Number.isFinite(value) ? value : [ 'number', String(value) ];
  if (Array.isArray(value)) return [ 'list', ...value.map(normal) ];
  if (value instanceof FeelDate) return [ 'date', value.iso ];
  if (value instanceof FeelTime) return [ 'time', value.iso ];
  if (value instanceof FeelDateTime) return [ 'date and time', value.iso ];
  if (value instanceof FeelDuration) return duration(value);
  if (isRange(value)) return range(value);
  if (isFunction(value) || typeof value === 'function') return [ 'function' ];
  return [ 'context', Object.fromEntries(Object.entries(value).map(([ name, part ]) => [ name, normal(part) ])) ];
}

function duration(value) {
  const parts = value.unwrap();
  return value.yearsMonths
    ? [ 'months', parts.years * 12 + parts.months ]
    : [ 'seconds', parts.total({ unit: 'seconds', relativeTo: '2026-01-01' }) ];
}

function range(value) {
  return [ 'range', normal(value.start), normal(value.end), value['start included'], value['end included'] ];
}
