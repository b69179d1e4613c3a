using TorchSharp;
using static TorchSharp.torch;

namespace Fpe.Torch.Compute;

/// <summary>Copies between host memory and tensors of any device and number format.</summary>
internal static class HostCopy
{
    public static void Write(ReadOnlySpan<float> source, Tensor destination)
    {
        if (source.IsEmpty)
            return;
        using DisposeScope scope = NewDisposeScope();
        destination.copy_(tensor(source.ToArray()).view(destination.shape));
    }

    public static void Write(ReadOnlySpan<double> source, Tensor destination)
    {
        if (source.IsEmpty)
            return;
        using DisposeScope scope = NewDisposeScope();
        destination.copy_(tensor(source.ToArray()).view(destination.shape));
    }

    public static void Write(ReadOnlySpan<int> source, Tensor destination)
    {
        if (source.IsEmpty)
            return;
        using DisposeScope scope = NewDisposeScope();
        destination.copy_(tensor(source.ToArray()).view(destination.shape));
    }

    public static void Read(Tensor source, Span<float> destination)
    {
        if (destination.IsEmpty)
            return;
        using IDisposable recording = no_grad();
        using DisposeScope scope = NewDisposeScope();
        source.to(ScalarType.Float32, CPU).contiguous().data<float>().CopyTo(destination);
    }

    public static void Read(Tensor source, Span<double> destination)
    {
        if (destination.IsEmpty)
            return;
        using IDisposable recording = no_grad();
        using DisposeScope scope = NewDisposeScope();
        source.to(ScalarType.Float64, CPU).contiguous().data<double>().CopyTo(destination);
    }
}
