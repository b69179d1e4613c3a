using Fpe.Compute;

namespace Fpe.Training;

/// <summary>A copy of a model's parameters in device memory that can be restored.</summary>
internal sealed class ParameterSnapshot : IDisposable
{
    private readonly IKernels kernels;
    private readonly Parameter[] parameters;
    private readonly DeviceBuffer[] copies;

    /// <summary>Allocates memory for a copy of the model's current parameters without copying them.</summary>
    public ParameterSnapshot(Model model)
    {
        kernels = model.Device.Kernels;
        parameters = [.. model.Parameters];
        copies = [.. parameters.Select(parameter => model.Device.Allocate(parameter.Value.Length))];
    }

    /// <summary>The copy of each parameter, in the order of the model's parameters.</summary>
    public IReadOnlyList<DeviceBuffer> Copies => copies;

    /// <summary>Sets the copy to other values; see <see cref="ParameterValues"/>.</summary>
    public void Set(double[][] values)
    {
        for (int p = 0; p < parameters.Length; p++)
            ParameterValues.Write(parameters[p], values[p], copies[p]);
    }

    public void Take()
    {
        for (int p = 0; p < parameters.Length; p++)
            kernels.Copy(parameters[p].Value, copies[p]);
    }

    public void Restore()
    {
        for (int p = 0; p < parameters.Length; p++)
            kernels.Copy(copies[p], parameters[p].Value);
    }

    public void Dispose()
    {
        foreach (DeviceBuffer copy in copies)
            copy.Dispose();
    }
}
