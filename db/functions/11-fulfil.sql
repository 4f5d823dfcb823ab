-- A person confirms one value of the current subject. Bound to key and value digest: an edit that leaves the value alone
-- leaves this standing, any other makes it worth nothing.
create function fulfil(p_token text, p_review uuid, p_key text, p_value_digest text, p_evidence jsonb,
                       p_view_digest text default null) returns jsonb
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  v_actor record;
  v_review review;
  v_lock record;
  v_refusal jsonb;
  v_requirement requirement;
  v_page page_served;
begin
  select * into v_actor from find_person(p_token, 'operator');
  if v_actor.refusal is not null then return v_actor.refusal; end if;
  select l.review, l.refusal into v_lock from lock_open_review(p_review) l;
  v_review := v_lock.review;
  v_refusal := v_lock.refusal;
  if v_refusal is not null then return v_refusal; end if;
  select * into v_requirement from requirement where subject_digest = v_review.subject_digest and key = p_key;
  if not found then return refuse('not_a_requirement'); end if;
  if v_requirement.value_digest is distinct from p_value_digest then
    return refuse('stale_subject', jsonb_build_object('subjectDigest', v_review.subject_digest));
  end if;
  if v_requirement.kind = 'run-through' then return refuse('needs_run_through'); end if;
  if v_requirement.kind not in ('confirm', 'served') then return refuse('not_a_requirement'); end if;
  -- What was served is told by the database alone.
  p_evidence := nullif(p_evidence, 'null') - '{served,servedAt}'::text[];
  if v_requirement.kind = 'served' then
    -- The first key: this very session was given that page, in this review of the run, not long ago.
    select p.* into v_page from page_served p
      join session s on s.id = p.session_id and s.token = p_token
     where p.token_digest = p_view_digest and p.person = v_actor.person and p.place = v_requirement.place
       and p.review_id = p_review and p.at > clock_timestamp() - interval '12 hours';
    if not found then return refuse('page_not_served', jsonb_build_object('place', v_requirement.place)); end if;
    p_evidence := coalesce(p_evidence, '{}') || jsonb_build_object('served', v_page.place, 'servedAt', time_text(v_page.at));
  end if;
  perform meet(v_review.run_id, p_key, p_value_digest, v_actor.person, null, p_evidence);
  return done(jsonb_build_object('key', p_key, 'fulfilled', true));
end
$$;

-- A page is given out in an open review, with a token of which only the digest is kept. Evidence, never a decision, and no
-- event: the confirmation that needs it is one.
create function serve_page(p_token text, p_review uuid, p_place text, p_view_digest text) returns jsonb
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  v_actor record;
begin
  select * into v_actor from find_person(p_token, 'viewer');
  if v_actor.refusal is not null then return v_actor.refusal; end if;
  if not is_digest(p_view_digest) or coalesce(p_place !~ '^(absence:[A-Za-z]{1,40}|[0-9a-f-]{36}:[0-9]{1,5})$', true) then
    return refuse('invalid_request');
  end if;
  if not exists (select from review r where r.id = p_review and (p_place like 'absence:%'
       or exists (select from run_source l join source s on s.id = l.source_id
                   where l.run_id = r.run_id and l.source_id::text = split_part(p_place, ':', 1) and s.erased_at is null))) then
    return refuse('not_found');
  end if;
  insert into page_served (token_digest, review_id, session_id, person, place, at)
  select p_view_digest, p_review, s.id, v_actor.person, p_place, clock_timestamp() from session s where s.token = p_token;
  return done();
end
$$;

create function meet(p_run uuid, p_key text, p_value_digest text, p_person uuid, p_run_through uuid, p_evidence jsonb)
returns void
language plpgsql as $$
begin
  insert into fulfilment (run_id, key, value_digest, person, at, run_through_id, evidence)
  values (p_run, p_key, p_value_digest, p_person, clock_timestamp(), p_run_through, nullif(p_evidence, 'null'))
  on conflict do nothing;
  if found then
    perform append_event('run:' || p_run, 'person:' || p_person, 'requirement-met',
      jsonb_build_object('key', coalesce(safe_name(p_key), sha256_hex(p_key)), 'valueDigest', p_value_digest, 'runThroughId', p_run_through)
      || case when p_evidence ? 'served' then jsonb_build_object('served', p_evidence ->> 'served') else '{}' end);
    perform tell(p_run);
  end if;
end
$$;

-- What of a subject nobody has met yet: one anti-join, and no track's rule.
create function missing_requirements(p_run uuid, p_digest text) returns setof requirement
language sql stable as $$
  select q.* from requirement q
   where q.subject_digest = p_digest
     and not exists (select from fulfilment f
                      where f.run_id = p_run and f.key = q.key and f.value_digest = q.value_digest)
   order by q.ordinal
$$;

create function missing_list(p_run uuid, p_digest text) returns jsonb
language sql stable as $$
  select coalesce(jsonb_agg(jsonb_build_object('key', m.key, 'label', m.label) order by m.ordinal), '[]')
    from missing_requirements(p_run, p_digest) m
$$;
