namespace Fpe.Gpu.Compute;

/// <summary>Philox4x32-10 on the device: the same words as <see cref="Numerics.Philox"/>.</summary>
internal static class DevicePhilox
{
    private const int Rounds = 10;
    private const uint Multiplier0 = 0xD2511F53, Multiplier1 = 0xCD9E8D57, Weyl0 = 0x9E3779B9, Weyl1 = 0xBB67AE85;

    /// <summary>Returns an element of a stream below 2³².</summary>
    public static uint Word(ulong seed, ulong stream, uint index)
    {
        uint x = index >> 2, y = 0, z = (uint)stream, w = (uint)(stream >> 32);
        uint key0 = (uint)seed, key1 = (uint)(seed >> 32);
        for (int round = 0; round < Rounds; round++)
        {
            ulong product0 = (ulong)Multiplier0 * x, product1 = (ulong)Multiplier1 * z;
            x = (uint)(product1 >> 32) ^ y ^ key0;
            z = (uint)(product0 >> 32) ^ w ^ key1;
            y = (uint)product1;
            w = (uint)product0;
            key0 += Weyl0;
            key1 += Weyl1;
        }

        uint part = index & 3;
        return part == 0 ? x : part == 1 ? y : part == 2 ? z : w;
    }
}
