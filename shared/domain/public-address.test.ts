import { describe, expect, it } from 'vitest';
import { isPublicAddress } from './public-address.ts';

describe('an address', () => {
  it.each([
    ['93.184.215.14'],
    ['8.8.8.8'],
    ['172.15.255.255'],
    ['172.32.0.1'],
    ['100.63.255.255'],
    ['2606:4700:4700::1111'],
    ['2a00:1450:4001:82a::200e'],
  ])('%s is public', (address) => {
    expect(isPublicAddress(address)).toBe(true);
  });

  it.each([
    ['0.0.0.0', 'this machine'],
    ['127.0.0.1', 'loopback'],
    ['127.255.255.254', 'loopback'],
    ['10.1.2.3', 'private'],
    ['172.16.0.1', 'private'],
    ['172.31.255.255', 'private'],
    ['192.168.1.1', 'private'],
    ['100.64.0.1', 'shared by carriers'],
    ['169.254.169.254', 'metadata of a server'],
    ['169.254.170.2', 'credentials of a container'],
    ['168.63.129.16', 'a cloud speaking as the machine'],
    ['192.0.2.1', 'documentation'],
    ['198.18.0.1', 'benchmarks'],
    ['224.0.0.1', 'many'],
    ['255.255.255.255', 'everybody'],
    ['::', 'this machine'],
    ['::1', 'loopback'],
    ['::ffff:127.0.0.1', 'mapped loopback'],
    ['::ffff:8.8.8.8', 'mapped, though public: nobody needs it'],
    ['::7f00:1', 'an old form of mapping'],
    ['64:ff9b::a00:1', 'translated'],
    ['64:ff9b:1::1', 'translated locally'],
    ['fc00::1', 'private'],
    ['fd00:ec2::254', 'metadata of a server'],
    ['fe80::1', 'link-local'],
    ['fec0::1', 'site-local'],
    ['ff02::1', 'many'],
    ['2001::1', 'Teredo'],
    ['2001:db8::1', 'documentation'],
    ['2002:7f00:1::', 'loopback within 6to4'],
    ['3fff::1', 'documentation'],
    ['fe80::1%eth0', 'with a zone'],
    ['localhost', 'a name'],
    ['127.1', 'a short form'],
    ['2130706433', 'a number'],
    ['', 'nothing'],
  ])('%s is not public: %s', (address) => {
    expect(isPublicAddress(address)).toBe(false);
  });
});
