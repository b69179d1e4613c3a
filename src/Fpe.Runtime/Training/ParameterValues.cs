using Fpe.Checkpoints;
using Fpe.Compute;

namespace Fpe.Training;

/// <summary>
/// Converts a buffer over a parameter to and from the order in files: edges row by row for a weight, elements for a vector.
/// </summary>
internal static class ParameterValues
{
    /// <summary>Copies a buffer over a parameter to the host: <see cref="Parameter.Count"/> numbers.</summary>
    public static double[] Read(Parameter parameter, DeviceBuffer buffer)
    {
        var values = new double[parameter.Edges?.Layout.SlotCount ?? buffer.Length];
        if (parameter.Edges is null)
        {
            buffer.Read(values);
            return values;
        }

        parameter.Edges.Read(buffer, values);
        return RowMajorOrder.ToEdges(parameter.Edges.Layout, values);
    }

    /// <summary>The reverse of <see cref="Read"/>.</summary>
    public static void Write(Parameter parameter, double[] values, DeviceBuffer buffer)
    {
        if (parameter.Edges is null)
            buffer.Write(values);
        else
            parameter.Edges.Write(RowMajorOrder.ToSlots(parameter.Edges.Layout, values), buffer);
    }
}
