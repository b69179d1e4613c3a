using TorchSharp;
using static TorchSharp.torch;

namespace Fpe.Torch.Compute;

/// <summary>
/// Philox4x32-10 on tensors: the same words as <see cref="Numerics.Philox"/>, in 64-bit integers, because there are no unsigned 32-bit
/// tensors. Products wrap as in two's complement, and a shift followed by a mask extracts their upper half.
/// </summary>
internal static class PhiloxTensor
{
    private const long LowerHalf = 0xFFFFFFFF;
    private const int Rounds = 10;
    private const uint Weyl0 = 0x9E3779B9;
    private const uint Weyl1 = 0xBB67AE85;

    private static readonly long[] Multipliers = [0xD2511F53, 0xCD9E8D57];

    /// <summary>Returns the first words of a stream, each from 0 to 2³² − 1.</summary>
    /// <param name="seed">Key.</param>
    /// <param name="stream">Upper half of the counter.</param>
    /// <param name="count">Number of words.</param>
    /// <param name="place">Device of the result.</param>
    /// <returns>[count], in the current dispose scope.</returns>
    public static Tensor Words(ulong seed, ulong stream, long count, torch.Device place)
    {
        long blocks = (count + 3) / 4;
        Tensor multipliers = tensor(Multipliers, int64, place).view(2, 1);
        Tensor lowerHalf = tensor(LowerHalf, int64, place), halfWord = tensor(32L, int64, place);

        // (x, z) are multiplied in every round, (y, w) are mixed into the results.
        Tensor multiplied = zeros(new[] { 2, blocks }, int64, place), mixed = zeros(new[] { 2, blocks }, int64, place);
        using (Scalar first = 0L, end = blocks, one = 1L, streamLow = (long)(uint)stream, streamHigh = (long)(stream >> 32))
        {
            Tensor block = arange(first, end, one, int64, place);
            multiplied[0].copy_(block.bitwise_and(lowerHalf));
            mixed[0].copy_(block.bitwise_right_shift(halfWord));
            multiplied[1].fill_(streamLow);
            mixed[1].fill_(streamHigh);
        }

        (uint key0, uint key1) = ((uint)seed, (uint)(seed >> 32));
        for (int round = 0; round < Rounds; round++)
        {
            using DisposeScope scope = NewDisposeScope();
            Tensor keys = tensor(new long[] { key0, key1 }, int64, place).view(2, 1);
            Tensor products = multiplied.mul(multipliers).flip(0);
            multiplied = products.bitwise_right_shift(halfWord).bitwise_and_(lowerHalf).bitwise_xor_(mixed).bitwise_xor_(keys).MoveToOuterDisposeScope();
            mixed = products.bitwise_and_(lowerHalf).MoveToOuterDisposeScope();
            key0 = unchecked(key0 + Weyl0);
            key1 = unchecked(key1 + Weyl1);
        }

        return stack([multiplied[0], mixed[0], multiplied[1], mixed[1]], dim: 1).view(-1).narrow(0, 0, count);
    }
}
