-- The record: one hash chain per stream, appended to in the same statement as the change that it tells of.

create function event_hash(p_stream text, p_seq bigint, p_at text, p_actor text, p_kind text, p_body text, p_prev text)
returns text
language sql immutable strict as $$
  select encode(sha256(string_agg(int8send(octet_length(convert_to(part, 'UTF8'))) || convert_to(part, 'UTF8'), ''::bytea
                                  order by place)), 'hex')
    from unnest(array[p_stream, p_seq::text, p_at, p_actor, p_kind, p_body, p_prev]) with ordinality as t(part, place)
$$;

-- Answers the event's seq. The stream's head row is the lock: always the last one taken.
create function append_event(p_stream text, p_actor text, p_kind text, p_body jsonb) returns bigint
language plpgsql as $$
declare
  v_head stream_head;
  v_at text;
  v_hash text;
begin
  perform 1 from event_kind where kind = p_kind;
  if not found then
    raise exception 'there is no event kind %', p_kind;
  end if;
  if p_stream !~ '^(run:[0-9a-f-]{36}|people|settings|sources|checkpoints)$' then
    raise exception 'there is no stream %', p_stream;
  end if;
  insert into stream_head (stream, seq, hash) values (p_stream, 0, repeat('0', 64)) on conflict do nothing;
  select * into v_head from stream_head where stream = p_stream for update;
  -- Read under the head's lock, so that times rise along a stream.
  v_at := to_char(clock_timestamp() at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"');
  v_hash := event_hash(p_stream, v_head.seq + 1, v_at, p_actor, p_kind, p_body::text, v_head.hash);
  insert into event (stream, seq, at, actor, kind, body, prev, hash)
  values (p_stream, v_head.seq + 1, v_at, p_actor, p_kind, p_body::text, v_head.hash, v_hash);
  update stream_head set seq = v_head.seq + 1, hash = v_hash where stream = p_stream;
  -- Pages that show people or settings refetch; a run says so itself, see tell().
  if p_stream in ('people', 'settings') then
    perform pg_notify('countersign', json_build_object('scope', p_stream)::text);
  end if;
  return v_head.seq + 1;
end
$$;

-- The same, with a person's words beside it: the event keeps their salted digest, the row can be erased.
create function append_with_reason(p_stream text, p_actor text, p_kind text, p_body jsonb, p_words text) returns bigint
language plpgsql as $$
declare
  v_salt text := encode(sha256(convert_to(gen_random_uuid()::text || gen_random_uuid()::text, 'UTF8')), 'hex');
  v_seq bigint;
begin
  v_seq := append_event(p_stream, p_actor, p_kind,
                        p_body || jsonb_build_object('reasonDigest', sha256_hex(v_salt || p_words)));
  insert into reason (stream, seq, words, salt) values (p_stream, v_seq, p_words, v_salt);
  return v_seq;
end
$$;

-- True where there is nothing a reader could see: a reason of zero-width characters is no reason.
create function no_words(p_words text) returns boolean
language sql immutable as $$
  select coalesce(p_words !~ ('[^\s\u00a0\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u2000-\u200f\u2028-\u202f'
    || '\u205f-\u206f\u2800\u3000\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff0-\uffff\U000e0000-\U000e0fff]'), true)
$$;

create function keep_as_written() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  raise exception 'rows of % are kept as written', tg_table_name;
end
$$;

create trigger event_kept before update or delete on event for each row execute function keep_as_written();
create trigger event_never_emptied before truncate on event for each statement execute function keep_as_written();
create trigger checkpoint_kept before update or delete on checkpoint for each row execute function keep_as_written();
create trigger checkpoint_never_emptied before truncate on checkpoint for each statement execute function keep_as_written();
create trigger subject_kept before delete or update of digest, run_id, draft_version, manifest on subject
  for each row execute function keep_as_written();
create trigger requirement_kept before update or delete on requirement for each row execute function keep_as_written();

create function register_signing_key(p_key_id text, p_public_key text) returns jsonb
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  v_known text;
begin
  if coalesce(p_key_id !~ '^[A-Za-z0-9_-]{8,64}$' or p_public_key !~ '^[A-Za-z0-9_-]{43}$', true) then
    return refuse('invalid_request');
  end if;
  insert into signing_key (key_id, public_key, registered_at) values (p_key_id, p_public_key, clock_timestamp())
  on conflict do nothing;
  if not found then
    select public_key into v_known from signing_key where key_id = p_key_id;
    if v_known is distinct from p_public_key then
      return refuse('already_used');
    end if;
    return done('{"registered": false}');
  end if;
  perform append_event('settings', 'api', 'signing-key-registered',
                       jsonb_build_object('keyId', p_key_id, 'publicKey', p_public_key));
  return done('{"registered": true}');
end
$$;

-- Every head in the body must stand in the record, and none may go backwards.
create function seal_checkpoint(p_number int, p_at text, p_body text, p_digest text, p_signature text, p_key_id text)
returns jsonb
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  v_last checkpoint;
  v_body jsonb := p_body::jsonb;
begin
  perform pg_advisory_xact_lock(hashtext('countersign.checkpoint'));
  select * into v_last from checkpoint order by number desc limit 1;
  if p_number is distinct from coalesce(v_last.number, 0) + 1 then
    return refuse('wrong_state', jsonb_build_object('last', coalesce(v_last.number, 0)));
  end if;
  if p_digest is distinct from sha256_hex(p_body)
     or (v_body ->> 'number')::int is distinct from p_number
     or v_body ->> 'at' is distinct from p_at
     or v_body ->> 'previous' is distinct from coalesce(v_last.digest, repeat('0', 64))
     or coalesce(p_signature !~ '^[A-Za-z0-9_-]{86}$', true) then
    return refuse('invalid_request');
  end if;
  perform 1 from signing_key where key_id = p_key_id and retired_at is null;
  if not found then
    return refuse('not_permitted');
  end if;
  if exists (
    select from jsonb_to_recordset(v_body -> 'heads') as h(stream text, seq bigint, hash text)
      left join event e on e.stream = h.stream and e.seq = h.seq and e.hash = h.hash
     where e.position is null
  ) then
    return refuse('invalid_request');
  end if;
  insert into checkpoint (number, at, body, digest, signature, key_id)
  values (p_number, p_at, p_body, p_digest, p_signature, p_key_id);
  perform append_event('checkpoints', 'api', 'checkpoint-sealed',
                       jsonb_build_object('number', p_number, 'digest', p_digest));
  return done(jsonb_build_object('number', p_number));
end
$$;
