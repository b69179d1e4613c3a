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

    /// <summary>Returns the gradient of every number: of a table, 0 for the rows that the batch did not read.</summary>
    public static double[] ReadGradient(Parameter parameter)
    {
        double[] gradient = Read(parameter, parameter.Gradient);
        if (parameter.GradientRows is not { } rows)
            return gradient;
        var all = new double[parameter.Count];
        var numbers = new int[rows.Length];
        rows.Read(numbers);
        int width = all.Length / (int)parameter.Shape[0];
        for (int r = 0; r < numbers.Length && numbers[r] >= 0; r++)
            gradient.AsSpan(r * width, width).CopyTo(all.AsSpan(numbers[r] * width));
        return all;
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
