using Fpe.Compute;
using Fpe.Compute.Cpu;
using Fpe.Research.Reference;

namespace Fpe.Runtime.Tests.Compute;

public class SliceTests
{
    /// <summary>Kernels compute whole vectors, which must not reach what lies beside a slice.</summary>
    [Fact]
    public void Kernels_of_a_slice_change_nothing_beside_it()
    {
        CpuDevice device = CpuDevice.Instance;
        using DeviceBuffer whole = device.Allocate(200), other = device.Allocate(64);
        whole.Write([.. Enumerable.Range(0, 200).Select(i => (float)i)]);
        device.Kernels.Fill(other, 1000);
        device.Kernels.AddScaled(other, 1, whole.Slice(64, 64));
        device.Kernels.Fill(whole.Slice(128, 72), -1);

        var values = new float[200];
        whole.Read(values);
        Assert.Equal(Enumerable.Range(0, 200).Select(i => i < 64 ? i : i < 128 ? i + 1000f : -1), values);
    }

    [Fact]
    public void Memory_of_a_slice_is_that_of_the_buffer()
    {
        using DeviceBuffer whole = CpuDevice.Instance.Allocate(200);
        DeviceBuffer slice = whole.Slice(64, 64);
        Assert.Equal(whole.HostAddress + (64 * sizeof(float)), slice.HostAddress);
        slice.Dispose();
        whole.Write([1f], 64);
        Assert.Equal(whole.HostAddress + (128 * sizeof(float)), whole.Slice(128, 72).HostAddress);
    }

    [Theory]
    [InlineData(1, 64)]
    [InlineData(64, 63)]
    [InlineData(-64, 64)]
    [InlineData(64, 192)]
    [InlineData(0, -1)]
    public void Other_elements_are_refused(int offset, int count)
    {
        using DeviceBuffer whole = CpuDevice.Instance.Allocate(200);
        Assert.Throws<ArgumentOutOfRangeException>(() => whole.Slice(offset, count));
    }

    [Fact]
    public void A_device_without_slices_says_so()
    {
        using DeviceBuffer whole = new ReferenceDevice(ElementType.Float32).Allocate(200);
        Assert.Equal(0, whole.HostAddress);
        Assert.Throws<NotSupportedException>(() => whole.Slice(0, 64));
    }
}
