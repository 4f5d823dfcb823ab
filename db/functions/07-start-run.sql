-- A source on its own belongs to no run yet; its event stands in the stream `sources`.
create function add_source(p_token text, p_key uuid, p_source jsonb) returns jsonb
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  v_actor record;
  v_id uuid := (p_source ->> 'id')::uuid;
begin
  select * into v_actor from find_actor(p_token, p_key, 'operator', 'runs:start');
  if v_actor.refusal is not null then return v_actor.refusal; end if;
  if v_id is null or not is_digest(p_source ->> 'sha256') or coalesce((p_source ->> 'bytes')::bigint < 0, true)
     or coalesce(p_source ->> 'kind' !~ '^[a-z-]{1,40}$', true) or no_words(p_source ->> 'mediaType') then
    return refuse('invalid_request');
  end if;
  insert into source (id, kind, name, media_type, sha256, bytes, reading, added_by, added_by_key, created_at)
  values (v_id, p_source ->> 'kind', coalesce(p_source ->> 'name', ''), p_source ->> 'mediaType', p_source ->> 'sha256',
          (p_source ->> 'bytes')::bigint, nullif(p_source -> 'reading', 'null'), v_actor.person, v_actor.key_id, clock_timestamp());
  perform append_event('sources', v_actor.actor, 'source-added',
    jsonb_build_object('source', v_id, 'kind', p_source ->> 'kind', 'bytes', (p_source ->> 'bytes')::bigint));
  return done(jsonb_build_object('id', v_id));
end
$$;

-- A tombstone: the row and the chain stay, name and reading go; the caller removes the file.
create function erase_source(p_token text, p_id uuid, p_reason text) returns jsonb
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  v_actor record;
  v_source source;
begin
  select * into v_actor from find_person(p_token, 'admin');
  if v_actor.refusal is not null then return v_actor.refusal; end if;
  if no_words(p_reason) then return refuse('reason_required'); end if;
  select * into v_source from source where id = p_id for update;
  if not found then return refuse('not_found'); end if;
  if v_source.erased_at is null then
    update source set name = '', reading = null, erased_at = clock_timestamp() where id = p_id;
    perform append_with_reason('sources', 'person:' || v_actor.person, 'source-erased', jsonb_build_object('source', p_id), p_reason);
  end if;
  -- Other live sources may hold the same bytes.
  return done(jsonb_build_object('sha256', v_source.sha256, 'lastOfItsBytes',
    not exists (select from source s where s.sha256 = v_source.sha256 and s.erased_at is null)));
end
$$;

-- Makes the run with the first free slug: `name`, `name-2` … `name-9`, then `name-<end of the id>`.
create function insert_run(p_run jsonb, p_person uuid, p_key uuid) returns boolean
language plpgsql as $$
declare
  v_id uuid := (p_run ->> 'id')::uuid;
  v_slug text;
begin
  for v_try in 1..10 loop
    v_slug := (p_run ->> 'slug') || case v_try when 1 then '' when 10 then '-' || right(v_id::text, 12) else '-' || v_try end;
    insert into run (id, track, title, slug, state, input, sample, drafter, created_by, created_by_key, created_at, moved_at)
    values (v_id, p_run ->> 'track', p_run ->> 'title', v_slug, 'received', coalesce(p_run -> 'input', '{}'),
            coalesce((p_run ->> 'sample')::boolean, false), coalesce(p_run ->> 'drafter', 'default'), p_person, p_key, clock_timestamp(), clock_timestamp())
    on conflict (track, slug) do nothing;
    if found then return true; end if;
  end loop;
  return false;
end
$$;

create function start_run(p_token text, p_key uuid, p_run jsonb, p_sources uuid[], p_idem_key text, p_body_sha text)
returns jsonb
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  v_actor record;
  v_id uuid := (p_run ->> 'id')::uuid;
  v_rule track_rule;
  v_before idempotency;
begin
  select * into v_actor from find_actor(p_token, p_key, 'operator', 'runs:start');
  if v_actor.refusal is not null then return v_actor.refusal; end if;
  if p_idem_key is not null then
    select * into v_before from idempotency where scope = v_actor.actor and key = p_idem_key;
    if found then return replayed_start(v_before, p_body_sha); end if;
  end if;
  select * into v_rule from track_rule where track = p_run ->> 'track';
  if not found or v_id is null or no_words(p_run ->> 'title') or not is_digest(p_body_sha)
     or not is_drafter(coalesce(p_run ->> 'drafter', 'default'))
     or coalesce(p_run ->> 'slug' !~ '^[a-z0-9]+(-[a-z0-9]+)*$' or length(p_run ->> 'slug') > 80, true) then
    return refuse('invalid_request');
  end if;
  -- Share-locked, so that erasing one of them comes before or after, never between.
  perform 1 from source where id = any (p_sources) and erased_at is null order by id for share;
  if (select count(*) from source where id = any (p_sources) and erased_at is null)
     <> coalesce(array_length(p_sources, 1), 0) then
    return refuse('not_found', '{"what": "source"}');
  end if;
  if v_rule.needs_source_kind is not null and not exists (
    select from source where id = any (p_sources) and kind = v_rule.needs_source_kind) then
    return refuse(v_rule.needs_source_kind || '_required');
  end if;
  if p_idem_key is not null then
    insert into idempotency (scope, key, body_sha256, run_id, created_at)
    values (v_actor.actor, p_idem_key, p_body_sha, v_id, clock_timestamp()) on conflict do nothing;
    if not found then
      select * into v_before from idempotency where scope = v_actor.actor and key = p_idem_key;
      return replayed_start(v_before, p_body_sha);
    end if;
  end if;
  if not insert_run(p_run, v_actor.person, v_actor.key_id) then
    raise exception 'no slug is free for run %', v_id;
  end if;
  insert into run_source (run_id, source_id, ordinal)
  select v_id, given.id, given.place from unnest(p_sources) with ordinality as given(id, place);
  perform append_event('run:' || v_id, v_actor.actor, 'run-started',
    jsonb_build_object('track', v_rule.track, 'sources', to_jsonb(p_sources))
      || case when p_run ->> 'drafter' <> 'default' then jsonb_build_object('drafter', p_run ->> 'drafter') else '{}' end);
  perform ask_look(v_id);
  return done(jsonb_build_object('id', v_id, 'state', 'received', 'replayed', false));
end
$$;

create function replayed_start(p_before idempotency, p_body_sha text) returns jsonb
language plpgsql as $$
begin
  if p_before.body_sha256 is distinct from p_body_sha then return refuse('idempotency_conflict'); end if;
  return (select done(jsonb_build_object('id', r.id, 'state', r.state, 'replayed', true)) from run r where r.id = p_before.run_id);
end
$$;

-- A document's text is its pages, parted by form feeds; null where that does not add up.
create function pages_of(p_document jsonb) returns text[]
language sql immutable as $$
  select case when cardinality(t) = jsonb_array_length(p_document -> 'pages') then t end
    from (select case p_document ->> 'text' when '' then array[''] else string_to_array(p_document ->> 'text', E'\f') end) x(t)
$$;

-- Offsets count as JavaScript does: a character beyond the first plane is two.
create function text_units(p_text text) returns int
language sql immutable as $$
  select length(p_text) + length(regexp_replace(p_text, '[^\U00010000-\U0010FFFF]+', '', 'g'))
$$;

-- True where the runs of a page are the same but for where the page begins: of six numbers the first two are offsets.
create function same_runs(p_before jsonb, p_after jsonb) returns boolean
language sql immutable as $$
  select p_before -> 'runs' = p_after -> 'runs' and p_before -> 'from' = p_after -> 'from'
    or jsonb_array_length(p_before -> 'runs') = jsonb_array_length(p_after -> 'runs')
   and coalesce((select bool_and(a.value::numeric - b.value::numeric =
         case when (n - 1) % 6 < 2 then (p_after ->> 'from')::numeric - (p_before ->> 'from')::numeric else 0 end)
         from jsonb_array_elements(p_before -> 'runs') with ordinality b(value, n)
         join jsonb_array_elements(p_after -> 'runs') with ordinality a(value, n) using (n)), true)
$$;

-- True where nothing changed but pictures into recognised words, and every page says truly where it begins and ends.
create function only_recognised(p_before jsonb, p_after jsonb) returns boolean
language sql immutable as $$
  with page as (
    select n, b.page as before, a.page as after, bw.words as old, aw.words as new,
           sum(text_units(aw.words) + 1) over (order by n) - 1 as ends
      from unnest(pages_of(p_before)) with ordinality bw(words, n)
      join unnest(pages_of(p_after)) with ordinality aw(words, n) using (n)
      join jsonb_array_elements(p_before -> 'pages') with ordinality b(page, n) using (n)
      join jsonb_array_elements(p_after -> 'pages') with ordinality a(page, n) using (n))
  select coalesce(p_before - 'text' - 'pages' - 'warnings' = p_after - 'text' - 'pages' - 'warnings'
     and count(*) = jsonb_array_length(p_before -> 'pages')
     and bool_and((after ->> 'to')::int = ends and (after ->> 'from')::int = ends - text_units(new))
     and bool_and(before ->> 'words' = 'image' and after ->> 'words' = 'recognised'
       or old = new and before - 'from' - 'to' - 'runs' = after - 'from' - 'to' - 'runs' and same_runs(before, after)), false)
    from page
$$;

-- The words of pages that are pictures, as a machine recognised them: once, and nothing else of the source changes.
create function put_recognised(p_source uuid, p_reading jsonb) returns jsonb
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  v_source source;
begin
  select * into v_source from source where id = p_source for update;
  if not found or v_source.erased_at is not null then return refuse('not_found'); end if;
  if v_source.reading ->> 'kind' is distinct from 'document' or p_reading ->> 'kind' is distinct from 'document'
     or jsonb_array_length(p_reading -> 'document' -> 'pages')
        is distinct from jsonb_array_length(v_source.reading -> 'document' -> 'pages') then
    return refuse('invalid_request');
  end if;
  if not jsonb_path_exists(v_source.reading, '$.document.pages[*] ? (@.words == "image")')
     or jsonb_path_exists(v_source.reading, '$.document.pages[*] ? (@.words == "recognised")') then return done(); end if;
  -- A draft quotes by offsets: the words may not move under one.
  if exists (select from run_source l join draft d on d.run_id = l.run_id where l.source_id = p_source) then
    return refuse('wrong_state');
  end if;
  if not only_recognised(v_source.reading -> 'document', p_reading -> 'document') then return refuse('invalid_request'); end if;
  update source set reading = p_reading where id = p_source;
  perform append_event('sources', 'worker', 'source-recognised', jsonb_build_object('source', p_source,
    'pages', jsonb_array_length(jsonb_path_query_array(p_reading, '$.document.pages[*] ? (@.words == "recognised")'))));
  return done();
end
$$;
