using Fpe.Compute;

namespace Fpe;

/// <summary>Moves models between devices.</summary>
public static class ModelMove
{
    /// <summary>
    /// Copies a model to another device, for example to predict on a different device than it was trained on. Both models are independent
    /// afterwards; values are equal up to the number format of the device.
    /// </summary>
    /// <param name="model">The model, dense or expanded.</param>
    /// <param name="device">The device that holds the copy; may be the model's own device.</param>
    /// <typeparam name="TModel">The model's class.</typeparam>
    public static TModel To<TModel>(this TModel model, Device device)
        where TModel : Model, IModel<TModel>
    {
        ArgumentNullException.ThrowIfNull(model);
        TModel copy = TModel.Create(model.Seed, device);
        model.CopyTo(copy);
        return copy;
    }

    /// <inheritdoc cref="To{TModel}(TModel, Device)"/>
    public static PlannedModel To(this PlannedModel model, Device device)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(device);
        var copy = new PlannedModel(model.Plan, model.Seed, device);
        model.CopyTo(copy);
        return copy;
    }
}
