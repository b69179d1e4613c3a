using System.Globalization;
using Fpe.Compute;

namespace Fpe.Checkpoints;

/// <summary>Finds numbers that are not finite.</summary>
internal static class FiniteCheck
{
    /// <summary>
    /// Finds the first number that is not finite in the format of a device, in which values that are too large become infinite.
    /// </summary>
    /// <param name="values">Values over the slots of a layout, or over the elements of a vector.</param>
    /// <param name="layout">The layout; null for a vector.</param>
    /// <param name="format">The number format of the device.</param>
    /// <returns>The value and position, such as <c>NaN at [3, 4]</c>; null if all numbers are finite.</returns>
    public static string? Find(double[] values, EdgeLayout? layout, ElementType format)
    {
        bool isSingle = format == ElementType.Float32;
        int index = Array.FindIndex(values, value => !(isSingle ? float.IsFinite((float)value) : double.IsFinite(value)));
        if (index < 0)
            return null;
        string position = layout is null ? $"[{index}]" : PositionOf(layout, index);
        return string.Create(CultureInfo.InvariantCulture, $"{values[index]} at {position}");
    }

    /// <summary>
    /// Finds the first weight or bias of a model that is not finite, such as <c>hidden.weight is NaN at [3, 4]</c>; null if all are finite.
    /// </summary>
    public static string? Find(Model model)
    {
        foreach ((Layer layer, Parameter parameter) in model.Layers.SelectMany(layer => layer.Parameters.Select(parameter => (layer, parameter))))
        {
            EdgeLayout? layout = parameter.Edges is null ? null : ((EdgeLayer)layer).Edges;
            var values = new double[layout?.SlotCount ?? parameter.Count];
            if (parameter.Edges is { } edges)
                edges.Read(parameter.Value, values);
            else
                parameter.Value.Read(values);
            if (Find(values, layout, model.Device.ElementType) is { } found)
                return $"{parameter.Name} is {found}";
        }

        return null;
    }

    private static string PositionOf(EdgeLayout layout, int slot)
    {
        for (int b = 0; b < layout.BlockCount; b++)
        {
            EdgeBlock block = layout.Block(b);
            int inBlock = slot - block.FirstSlot;
            if (inBlock < block.SlotCount)
                return $"[{block.Rows[inBlock / block.Columns.Length]}, {block.Columns[inBlock % block.Columns.Length]}]";
        }

        throw new ArgumentOutOfRangeException(nameof(slot), slot, $"The layout has {layout.SlotCount} slots.");
    }
}
