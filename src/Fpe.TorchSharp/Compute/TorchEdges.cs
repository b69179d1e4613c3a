using Fpe.Compute;
using static TorchSharp.torch;

namespace Fpe.Torch.Compute;

/// <summary>The structure of a layer: the implementation of its products, and the slots that hold no edge.</summary>
internal sealed class TorchEdges : DeviceEdges
{
    private readonly Tensor? holes;
    private readonly Tensor? zero;
    private readonly TorchDevice device;
    private EdgeProduct? product;
    private long[]? elementsOfEdges;
    private Tensor? edgeIndices;

    public TorchEdges(TorchDevice device, EdgeLayout layout, EdgeProduct product)
        : base(device, layout)
    {
        (this.device, this.product) = (device, product);
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

    /// <summary>Returns those of some elements that belong to an edge, in ascending order; the table is made when it is first needed.</summary>
    public Tensor ElementsOfEdges(int first, int count)
    {
        if (elementsOfEdges is null)
        {
            long[] elements = Product.Elements(Layout);
            elementsOfEdges = [.. Enumerable.Range(0, Layout.SlotCount).Where(Layout.IsKept).Select(slot => elements[slot]).Order()];
            edgeIndices = device.Indices(elementsOfEdges);
        }

        int start = Place(first);
        return edgeIndices!.narrow(0, start, Place(first + count) - start);
    }

    private int Place(long element)
    {
        int found = Array.BinarySearch(elementsOfEdges!, element);
        return found < 0 ? ~found : found;
    }

    protected override void Dispose(bool disposing)
    {
        edgeIndices?.Dispose();
        product?.Dispose();
        product = null;
        holes?.Dispose();
        zero?.Dispose();
    }
}
