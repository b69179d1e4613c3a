using Fpe.Numerics;
using Fpe.Torch.Compute;
using TorchSharp;

namespace Fpe.Torch.Tests;

public class PhiloxTensorTests
{
    [Theory]
    [InlineData(0UL, 0UL, 1)]
    [InlineData(1UL, 2UL, 4)]
    [InlineData(ulong.MaxValue, ulong.MaxValue, 9)]
    [InlineData(0xDEADBEEF_80000001UL, 0x80000000_FFFFFFFFUL, 4099)]
    public void Words_are_those_of_the_generator(ulong seed, ulong stream, int count)
    {
        using DisposeScope scope = torch.NewDisposeScope();
        TorchDevice device = TorchDevice.Cpu();
        long[] words = PhiloxTensor.Words(seed, stream, count, device.Place).contiguous().data<long>().ToArray();
        Assert.Equal(Enumerable.Range(0, count).Select(i => (long)Philox.Word(seed, stream, (ulong)i)), words);
    }
}
