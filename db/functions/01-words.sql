-- Small words that the other functions are written in. None of these may be executed by the api or the worker.

create function refuse(p_code text, p_details jsonb default '{}') returns jsonb
language sql immutable as $$
  select jsonb_build_object('ok', false, 'code', p_code, 'details', p_details)
$$;

create function done(p_answer jsonb default '{}') returns jsonb
language sql immutable as $$
  select jsonb_build_object('ok', true) || p_answer
$$;

-- Strongest last; null for what is not a role.
create function role_rank(p_role text) returns int
language sql immutable as $$
  select array_position(array['viewer', 'operator', 'approver', 'admin'], p_role)
$$;

-- What a person may ask for: one drafter by name, or whichever the server uses by itself. The same list as in the domain.
create function is_drafter(p_name text) returns boolean
language sql immutable as $$
  select coalesce(p_name in ('default', 'claude', 'openai', 'rules'), false)
$$;

create function sha256_hex(p_text text) returns text
language sql immutable strict as $$
  select encode(sha256(convert_to(p_text, 'UTF8')), 'hex')
$$;

create function is_digest(p_text text) returns boolean
language sql immutable as $$
  select coalesce(p_text ~ '^[0-9a-f]{64}$', false)
$$;

-- RFC 3339 in UTC, as the record and the answers write it.
create function time_text(p_at timestamptz) returns text
language sql stable as $$
  select to_char(p_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')
$$;

create function person_name(p_person uuid) returns text
language sql stable as $$
  select u.name from "user" u where u.id = p_person
$$;

-- Who acts, by a live session alone. The member row stays share-locked to the end of the statement, so that a role
-- taken away or a member deactivated in the meantime is either seen here or waits for us.
create function find_person(p_token text, p_needed text, out person uuid, out role text, out refusal jsonb)
language plpgsql as $$
declare
  v_user uuid;
  v_member member;
begin
  select s.user_id into v_user from session s where s.token = p_token and s.expires_at > clock_timestamp();
  if v_user is null then
    refusal := refuse('not_signed_in');
    return;
  end if;
  select * into v_member from member m where m.user_id = v_user for share;
  if not found or not v_member.active or role_rank(v_member.role) is null
     or role_rank(v_member.role) < role_rank(p_needed) then
    refusal := refuse('not_permitted', jsonb_build_object('needed', p_needed));
    return;
  end if;
  person := v_user;
  role := v_member.role;
end
$$;

-- Who acts where a person or an API key may. Permissions of a key are {"countersign": [scope, …]}; a key holds
-- only as long as the member who made it may do the same.
create function find_actor(p_token text, p_key uuid, p_needed text, p_scope text,
                           out actor text, out person uuid, out key_id uuid, out refusal jsonb)
language plpgsql as $$
declare
  v_key apikey;
  v_role text;
begin
  if p_token is not null then
    select f.person, f.role, f.refusal into person, v_role, refusal from find_person(p_token, p_needed) f;
    actor := 'person:' || person;
    return;
  end if;
  select * into v_key from apikey k
   where k.id = p_key and k.enabled and (k.expires_at is null or k.expires_at > clock_timestamp());
  if not found then
    refusal := refuse('not_signed_in');
    return;
  end if;
  select m.role into v_role from member m where m.user_id::text = v_key.reference_id and m.active for share;
  if role_rank(v_role) is null or role_rank(v_role) < role_rank(p_needed)
     or not coalesce(v_key.permissions::jsonb -> 'countersign' ? p_scope, false) then
    refusal := refuse('not_permitted', jsonb_build_object('needed', p_scope));
    return;
  end if;
  key_id := v_key.id;
  actor := 'key:' || v_key.id;
end
$$;

-- Says that a run changed: pages refetch.
create function tell(p_run uuid) returns void
language sql as $$
  select pg_notify('countersign', json_build_object('run', p_run)::text)
$$;

-- Asks the workflow to look at a run. Called with the run's row locked.
create function ask_look(p_run uuid) returns void
language plpgsql as $$
begin
  insert into nudge as n (run_id, asked, asked_at) values (p_run, nextval('nudge_asked'), clock_timestamp())
  on conflict (run_id) do update set asked = excluded.asked, asked_at = excluded.asked_at, taken_at = null;
  perform tell(p_run);
end
$$;

-- The one place where a run's state is written after its start.
create function move_run(p_run uuid, p_state text) returns void
language sql as $$
  update run set state = p_state, moved_at = clock_timestamp(), checked_at = null where id = p_run
$$;
