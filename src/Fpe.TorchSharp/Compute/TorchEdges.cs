using Fpe.Compute;
using static TorchSharp.torch;

namespace Fpe.Torch.Compute;

/// <summary>The structure of a layer: the implementation of its products, and the slots that hold no edge.</summary>
internal sealed class TorchEdges : DeviceEdges
{
    private readonly Tensor? holes;
    private readonly Tensor? zero;
    private EdgeProduct? product;

    public TorchEdges(TorchDevice device, EdgeLayout layout, EdgeProduct product)
        : base(device, layout)
    {
        this.product = product;
        if (!layout.HasHoles)
            return;
        long[] elements = product.Elements(layout);
        zero = device.Zeros(1);
        holes = device.Indices([.. Enumerable.Range(0, layout.SlotCount).Where(slot => !layout.IsKept(slot)).Select(slot => elements[slot])]);
    }

    public override int StorageLength => Layout.SlotCount;

    /// <summary>The implementation of the products.</summary>
    public EdgeProduct Product => product ?? throw new ObjectDisposedException(nameof(DeviceEdges));

    public override void Write(ReadOnlySpan<double> slots, DeviceBuffer storage)
    {
        CheckLengths(slots.Length, storage);
        long[] elements = Product.Elements(Layout);
        var values = new double[slots.Length];
        for (int slot = 0; slot < slots.Length; slot++)
            values[elements[slot]] = Layout.IsKept(slot) ? slots[slot] : 0;
        storage.Write(values);
    }

    public override void Read(DeviceBuffer storage, Span<double> slots)
    {
        CheckLengths(slots.Length, storage);
        long[] elements = Product.Elements(Layout);
        var values = new double[slots.Length];
        storage.Read(values);
        for (int slot = 0; slot < slots.Length; slot++)
            slots[slot] = values[elements[slot]];
    }

    /// <summary>Sets the elements that belong to no edge to 0, regardless of their values.</summary>
    public void ClearHoles(Tensor values)
    {
        if (holes is not null)
            values.scatter_(0, holes, zero!.expand(holes.shape[0]));
    }

    protected override void Dispose(bool disposing)
    {
        product?.Dispose();
        product = null;
        holes?.Dispose();
        zero?.Dispose();
    }
}
