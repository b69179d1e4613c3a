using Fpe.Compute;

namespace Fpe.Runtime.Tests.Layers;

/// <summary>Reads and changes the numbers of a parameter in slot order, whatever order the device stores them in.</summary>
internal static class Slots
{
    public static double[] Read(Parameter parameter, DeviceBuffer buffer)
    {
        var values = new double[parameter.Edges?.Layout.SlotCount ?? buffer.Length];
        if (parameter.Edges is { } edges)
            edges.Read(buffer, values);
        else
            buffer.Read(values);
        return values;
    }

    public static void Write(Parameter parameter, double[] values)
    {
        if (parameter.Edges is { } edges)
            edges.Write(values, parameter.Value);
        else
            parameter.Value.Write(values);
    }

    /// <summary>Whether a slot holds a number that exists.</summary>
    public static bool Exists(Parameter parameter, int slot) => parameter.Edges?.Layout.IsKept(slot) ?? true;
}
