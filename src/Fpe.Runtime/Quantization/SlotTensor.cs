using System.Collections;
using Fpe.Checkpoints;
using Fpe.Compute;

namespace Fpe.Quantization;

/// <summary>Weights with their holes: a byte for each slot of a layout, row by row, instead of a bit for each and a byte for each edge.</summary>
internal static class SlotTensor
{
    /// <summary>Whether a layout has few holes, so that the tensor is the smaller form.</summary>
    public static bool IsSmaller(EdgeLayout layout) => layout.HasHoles && layout.SlotCount - layout.EdgeCount < PackedBits.BytesFor(layout.SlotCount);

    /// <summary>Returns the same blocks with all edges.</summary>
    public static EdgeLayout WithoutHoles(EdgeLayout layout) => layout.WithHoles(new BitArray(layout.SlotCount, true));

    /// <summary>Returns the tensor.</summary>
    public static TensorOf<sbyte> Of(string name, EdgeLayout layout, sbyte[] weights)
    {
        sbyte[] slots = Array.ConvertAll(RowMajorOrder.SlotsOf(layout), slot => layout.IsKept(slot) ? weights[slot] : QuantizedTensors.Hole);
        return new TensorOf<sbyte>(name, TensorType.I8, [slots.Length], slots);
    }

    /// <summary>Returns the layout and the weights that a tensor says.</summary>
    /// <param name="blocks">The layout without holes.</param>
    /// <param name="content">The content of the tensor.</param>
    public static (EdgeLayout Layout, sbyte[] Weights) Read(EdgeLayout blocks, sbyte[] content)
    {
        int[] slots = RowMajorOrder.SlotsOf(blocks);
        var kept = new BitArray(slots.Length);
        var weights = new sbyte[slots.Length];
        for (int i = 0; i < slots.Length; i++)
        {
            kept[slots[i]] = content[i] != QuantizedTensors.Hole;
            weights[slots[i]] = kept[slots[i]] ? content[i] : (sbyte)0;
        }

        return (blocks.WithHoles(kept), weights);
    }
}
