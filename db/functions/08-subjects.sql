-- A subject is stored as the manifest's text and hashed as stored. Its requirements are taken out of that same text.

-- True where every rendition still goes to an active target at the address that it was rendered for.
create function addresses_hold(p_manifest text) returns boolean
language sql stable as $$
  select coalesce(bool_and(t.id is not null), false)
    from jsonb_array_elements(p_manifest::jsonb -> 'renditions') as r
    left join target t on t.id = (r ->> 'targetId')::uuid and t.active and t.address = r ->> 'targetAddress'
$$;

create function subject_flaw(p_run run, p_version int, p_manifest text) returns text
language plpgsql stable as $$
declare
  v_manifest jsonb := p_manifest::jsonb;
  v_prefix text;
begin
  if (v_manifest ->> 'v') is distinct from '1' or v_manifest ->> 'run' is distinct from p_run.id::text
     or v_manifest ->> 'track' is distinct from p_run.track
     or (v_manifest ->> 'draftVersion')::int is distinct from p_version then return 'not of this draft'; end if;
  if coalesce(jsonb_array_length(v_manifest -> 'renditions'), 0) = 0 or v_manifest -> 'requirements' is null then
    return 'incomplete';
  end if;
  if exists (
    select from jsonb_array_elements(v_manifest -> 'renditions') r
      left join target t on t.id = (r ->> 'targetId')::uuid
     where not is_digest(r ->> 'sha256') or t.id is null
        or coalesce(r ->> 'path' !~ '^[A-Za-z0-9._-]+(/[A-Za-z0-9._-]+)*$' or r ->> 'path' ~ '(^|/)\.', true)
  ) then return 'a rendition'; end if;
  if exists (
    select from jsonb_array_elements(v_manifest -> 'renditions') r,
                jsonb_array_elements(coalesce(r -> 'assets', '[]')) a
     where not is_digest(a ->> 'sha256')
        or coalesce(a ->> 'path' !~ '^[A-Za-z0-9._-]+(/[A-Za-z0-9._-]+)*$' or a ->> 'path' ~ '(^|/)\.', true)
  ) then return 'an asset'; end if;
  if exists (
    select from jsonb_array_elements(v_manifest -> 'requirements') q
     where not is_digest(q ->> 'valueDigest') or coalesce(q ->> 'key' = '', true) or q ->> 'label' is null
        or coalesce(q ->> 'kind' not in ('confirm', 'served', 'run-through', 'impossible'), true)
        or (q ->> 'kind' = 'served') is distinct from (q ->> 'place' is not null)
  ) or (select count(*) <> count(distinct q ->> 'key') from jsonb_array_elements(v_manifest -> 'requirements') q) then
    return 'a requirement';
  end if;
  select mandatory_requirement into v_prefix from track_rule where track = p_run.track;
  if not found then return 'the track'; end if;
  select w into v_prefix from regexp_split_to_table(v_prefix, ' ') w
   where not exists (
     select from jsonb_array_elements(v_manifest -> 'requirements') q
      where case when w like '%:' then starts_with(q ->> 'key', w) else q ->> 'key' = w end) limit 1;
  if v_prefix is not null then return 'no ' || v_prefix; end if;
  -- A run-through is met by a finished, recorded run-through and by nothing less; two keys by a page that was served.
  if exists (
    select from jsonb_array_elements(v_manifest -> 'requirements') q
     where starts_with(q ->> 'key', 'run-through:') and q ->> 'kind' not in ('run-through', 'impossible')
        or starts_with(q ->> 'key', 'two-keys:') and q ->> 'kind' not in ('served', 'impossible')
  ) then return 'a requirement of another kind'; end if;
  -- The page to look at is one of the run's own, or the proof that nothing is said on that very point.
  if exists (
    select from jsonb_array_elements(v_manifest -> 'requirements') q
     where starts_with(q ->> 'key', 'two-keys:') and q ->> 'kind' = 'served'
       and q ->> 'place' is distinct from 'absence:' || substr(q ->> 'key', length('two-keys:') + 1)
       and not exists (select from run_source l where l.run_id = p_run.id and q ->> 'place' ~ ('^' || l.source_id || ':[0-9]{1,5}$'))
  ) then return 'a place of another run'; end if;
  return null;
end
$$;

-- Called once subject_flaw has found none. The same manifest again becomes the newest.
create function store_subject(p_run run, p_version int, p_manifest text) returns text
language plpgsql as $$
declare
  v_digest text := sha256_hex(p_manifest);
begin
  insert into subject as s (digest, run_id, draft_version, manifest, created_at)
  values (v_digest, p_run.id, p_version, p_manifest, clock_timestamp())
  on conflict (digest) do update set created_at = excluded.created_at;
  insert into requirement (subject_digest, key, kind, label, value_digest, ordinal, place)
  select v_digest, q.value ->> 'key', q.value ->> 'kind', q.value ->> 'label', q.value ->> 'valueDigest', q.ordinality,
         q.value ->> 'place'
    from jsonb_array_elements(p_manifest::jsonb -> 'requirements') with ordinality q
  on conflict do nothing;
  return v_digest;
end
$$;

-- The version that counts: the newest that is not a drafter's late alternative.
create function current_draft(p_run uuid) returns draft
language sql stable as $$
  select d from draft d where d.run_id = p_run and not d.alternative order by d.version desc limit 1
$$;

create function next_version(p_run uuid) returns int
language sql stable as $$
  select coalesce(max(version), 0) + 1 from draft where run_id = p_run
$$;

create function newest_subject(p_run uuid, p_version int) returns subject
language sql stable as $$
  select s from subject s where s.run_id = p_run and s.draft_version = p_version order by s.created_at desc, s.digest limit 1
$$;

create function open_review_of(p_run uuid) returns review
language sql stable as $$
  select r from review r where r.run_id = p_run and r.state = 'open'
$$;

-- The approval that the run stands under, if any.
create function approval_of(p_run uuid) returns decision
language sql stable as $$
  select d from decision d join review r on r.id = d.review_id
   where d.run_id = p_run and d.decision = 'approve' and d.undone_at is null and r.state = 'approved'
   order by r.round desc limit 1
$$;

-- The worker renders the current version again, after an address was changed. Not while a review is open.
create function put_subject(p_run uuid, p_manifest text) returns jsonb
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  v_run run;
  v_draft draft;
  v_flaw text;
  v_digest text;
begin
  select * into v_run from run where id = p_run for no key update;
  if not found then return refuse('not_found'); end if;
  v_draft := current_draft(p_run);
  if v_run.state not in ('drafting', 'in-review') or v_draft.version is null
     or (open_review_of(p_run)).id is not null then
    return refuse('wrong_state', jsonb_build_object('state', v_run.state));
  end if;
  v_flaw := subject_flaw(v_run, v_draft.version, p_manifest);
  if v_flaw is not null then return refuse('invalid_request', jsonb_build_object('flaw', v_flaw)); end if;
  if sha256_hex(p_manifest) = (newest_subject(p_run, v_draft.version)).digest then
    return done(jsonb_build_object('subjectDigest', sha256_hex(p_manifest)));
  end if;
  v_digest := store_subject(v_run, v_draft.version, p_manifest);
  perform append_event('run:' || p_run, 'worker', 'subject-rendered',
    jsonb_build_object('version', v_draft.version, 'subjectDigest', v_digest));
  return done(jsonb_build_object('subjectDigest', v_digest));
end
$$;
