-- The outbox. A nudge says only "look at run X"; taking one twice does no harm, losing one would.

create function take_nudges(p_limit int, p_older_ms int) returns jsonb
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  v_taken jsonb;
begin
  with due as (
    select run_id from nudge
     where taken_at is null or taken_at < clock_timestamp() - make_interval(secs => p_older_ms / 1000.0)
     order by asked limit p_limit for update skip locked
  ), taken as (
    update nudge n set taken_at = clock_timestamp() from due where n.run_id = due.run_id returning n.run_id, n.asked
  )
  select jsonb_agg(jsonb_build_object('run', t.run_id, 'asked', t.asked, 'track', r.track) order by t.asked)
    into v_taken from taken t join run r on r.id = t.run_id;
  return done(jsonb_build_object('nudges', coalesce(v_taken, '[]')));
end
$$;

-- Clears the very nudge that was sent, never a newer one.
create function clear_nudge(p_run uuid, p_asked bigint) returns jsonb
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  delete from nudge where run_id = p_run and asked = p_asked;
  return done(jsonb_build_object('cleared', found));
end
$$;

-- Open runs that nobody has looked at for a while, for the reconciler.
create function stuck_runs(p_limit int, p_idle_ms int) returns jsonb
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  v_runs jsonb;
begin
  with idle as (
    select id from run
     where state not in ('published', 'rejected', 'withdrawn')
       and greatest(moved_at, checked_at) < clock_timestamp() - make_interval(secs => p_idle_ms / 1000.0)
     order by greatest(moved_at, checked_at) limit p_limit for no key update skip locked
  ), checked as (
    update run r set checked_at = clock_timestamp() from idle where r.id = idle.id returning r.id, r.track
  )
  select jsonb_agg(jsonb_build_object('run', id, 'track', track)) into v_runs from checked;
  return done(jsonb_build_object('runs', coalesce(v_runs, '[]')));
end
$$;
