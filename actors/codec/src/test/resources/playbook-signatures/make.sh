#!/usr/bin/env bash
# Makes the signed playbooks of this folder with openssl and jq alone: each is the shipped "isolate workload" with one signature.
# Keys are made anew and thrown away. jq -cS gives RFC 8785 for a document like this one: ASCII names and no fractions.
set -euo pipefail
cd "$(dirname "$0")"
book=../../../main/resources/witan/playbooks/isolate-workload.json
keys=$(mktemp -d)
trap 'rm -rf "$keys"' EXIT

b64url() { base64 -w0 | tr '+/' '-_' | tr -d '='; }

# DER signatures of openssl to the fixed-length form of RFC 7518: $1 bytes per number
p1363() {
  openssl asn1parse -inform DER | sed -n 's/.*INTEGER *://p' | while read -r hex; do
    printf '%*s' $((2 * $1)) "$hex" | tr ' ' 0
  done | xxd -r -p
}

# name algorithm hash key-options... -- how the hash, as text, is signed
make() {
  local name=$1 algorithm=$2 hash=$3 key=$keys/$1.pem cert=${4:-}
  local public field
  if [ -n "$cert" ]; then
    openssl req -x509 -new -key "$key" -subj /CN=signer -days 3650 -out "$keys/cert.pem" 2>/dev/null
    public=$(openssl x509 -in "$keys/cert.pem" -outform DER | base64 -w0)
    field='{public_cert_chain: [$public]}'
  else
    public=$(openssl pkey -in "$key" -pubout -outform DER | base64 -w0)
    field='{public_key: $public}'
  fi
  jq --arg algorithm "$algorithm" --arg hash "$hash" --arg public "$public" '
    .signatures = [{type: "jss", id: "jss--6f0a54f8-9c2e-4c53-8a61-0f2a1d6f4b11",
      created: "2026-11-01T00:00:00.000Z", modified: "2026-11-01T00:00:00.000Z", signee: "Acme SOC",
      valid_from: "2026-11-01T00:00:00.000Z", valid_until: "2027-11-01T00:00:00.000Z",
      related_to: .id, related_version: .modified, hash_algorithm: $hash, algorithm: $algorithm}
      + '"$field"']' "$book" >"$keys/unsigned.json"
  jq -cSj . "$keys/unsigned.json" | openssl dgst "-${hash/-/}" -r | cut -d' ' -f1 | tr -d '\n' >"$keys/text"
  case $algorithm in
    ES256) openssl dgst -sha256 -sign "$key" "$keys/text" | p1363 32 ;;
    ES384) openssl dgst -sha384 -sign "$key" "$keys/text" | p1363 48 ;;
    ES512) openssl dgst -sha512 -sign "$key" "$keys/text" | p1363 66 ;;
    RS256) openssl dgst -sha256 -sign "$key" "$keys/text" ;;
    PS256) openssl dgst -sha256 -sigopt rsa_padding_mode:pss -sigopt rsa_pss_saltlen:32 -sign "$key" "$keys/text" ;;
    Ed25519 | Ed448) openssl pkeyutl -sign -inkey "$key" -rawin -in "$keys/text" ;;
  esac | b64url >"$keys/value"
  jq --rawfile value "$keys/value" '.signatures[0].value = $value' "$keys/unsigned.json" >"$name.json"
}

openssl ecparam -name prime256v1 -genkey -noout -out "$keys/es256.pem"
openssl ecparam -name secp384r1 -genkey -noout -out "$keys/es384.pem"
openssl ecparam -name secp521r1 -genkey -noout -out "$keys/es512.pem"
openssl genpkey -algorithm ed25519 -out "$keys/ed25519.pem"
openssl genpkey -algorithm ed448 -out "$keys/ed448.pem"
openssl genpkey -algorithm RSA -pkeyopt rsa_keygen_bits:2048 -out "$keys/rs256.pem" 2>/dev/null
openssl genpkey -algorithm RSA -pkeyopt rsa_keygen_bits:2048 -out "$keys/ps256.pem" 2>/dev/null
openssl genpkey -algorithm RSA -pkeyopt rsa_keygen_bits:1024 -out "$keys/rs256-short-key.pem" 2>/dev/null
cp "$keys/es256.pem" "$keys/es256-certificate.pem"
make es256 ES256 sha-256
make es256-certificate ES256 sha-512 certificate
make es384 ES384 sha-256
make es512 ES512 sha-512
make ed25519 Ed25519 sha-256
make ed448 Ed448 sha-256
make rs256 RS256 sha-256
make ps256 PS256 sha-256
make rs256-short-key RS256 sha-256
