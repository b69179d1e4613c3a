using Fpe.Numerics;

namespace Fpe.Runtime.Tests.Determinism;

/// <summary>
/// Numbers that never change: models are drawn again from a seed, and checkpoints rely on it. Computed by another implementation,
/// in Python, of Philox4x32-10 with the key (seed) and the counter (position, purpose · 2⁵⁶ + index).
/// </summary>
public class RandomStreamVectorTests
{
    [Theory]
    [InlineData(RandomPurpose.Initialisation, 0x05274A44u, 0xCEC8D99Du, 0x11D70EA3u, 0x8E12F98Du, 0x0E55B296u)]
    [InlineData(RandomPurpose.Shuffle, 0x7D893E4Au, 0x53A32871u, 0x8D7D54E9u, 0x63F7E413u, 0x0065EDD8u)]
    [InlineData(RandomPurpose.IncomingSplit, 0xC2A145A7u, 0x0BD42353u, 0x9E277E79u, 0x30AF6073u, 0xEB05199Cu)]
    [InlineData(RandomPurpose.OutgoingSplit, 0xB0B02DFCu, 0x04D8731Eu, 0x378C3887u, 0xA195624Du, 0x826886EAu)]
    [InlineData(RandomPurpose.Clustering, 0x4CFA79B3u, 0x2A743829u, 0x7C669A52u, 0x0DC158FAu, 0xFB686325u)]
    [InlineData(RandomPurpose.Dropout, 0x651FA4DBu, 0xF2ABEF24u, 0xF6924CB6u, 0x6F46CFB4u, 0x4812819Du)]
    [InlineData(RandomPurpose.DataSplit, 0xE564EDA7u, 0xB6BAECA3u, 0x4C4FD649u, 0x1BF257B3u, 0xC8F38F6Cu)]
    [InlineData(RandomPurpose.Synthesis, 0x9F0D07A8u, 0xC64F41A4u, 0xA6A235BAu, 0xEB7F03A8u, 0xD6CD3A85u)]
    public void The_first_words_of_each_purpose(RandomPurpose purpose, params uint[] words)
    {
        var stream = new RandomStream(seed: -7, purpose, index: 3);
        Assert.Equal(words, words.Select(_ => stream.NextWord()));
    }

    [Fact]
    public void A_permutation()
    {
        var stream = new RandomStream(seed: 1, RandomPurpose.Shuffle, index: 2);
        Assert.Equal([8, 6, 4, 2, 10, 9, 7, 0, 11, 5, 1, 3], stream.Permutation(12));
        Assert.Equal(11, stream.Position);
    }

    [Fact]
    public void Bounded_integers()
    {
        var stream = new RandomStream(seed: 2, RandomPurpose.Synthesis);
        Assert.Equal([831, 816, 142, 265, 699, 752, 592, 60], Enumerable.Range(0, 8).Select(_ => stream.NextInt32(1000)));
    }

    [Fact]
    public void Fractions()
    {
        var doubles = new RandomStream(seed: 3, RandomPurpose.Initialisation);
        Assert.Equal([0.0011034606901297872, 0.5430522897490073, 0.9854080704578074], Enumerable.Range(0, 3).Select(_ => doubles.NextDouble()));
        var singles = new RandomStream(seed: 4, RandomPurpose.Dropout, index: (5 << 16) | 2);
        Assert.Equal([0.4592524766921997, 0.4083472490310669, 0.8494373559951782, 0.19314539432525635], Enumerable.Range(0, 4).Select(_ => (double)singles.NextSingle()));
    }
}
