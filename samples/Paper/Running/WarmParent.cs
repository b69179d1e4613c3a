namespace Samples.Paper.Running;

/// <summary>The state of a dense parent after some epochs, from which several runs continue.</summary>
internal sealed class WarmParent
{
    private readonly Lock gate = new();
    private readonly Model model;
    private int users;

    /// <summary>Keeps a model.</summary>
    /// <param name="model">The model, which is freed after its last use.</param>
    /// <param name="epoch">Number of epochs that it was trained for.</param>
    /// <param name="history">The history of its training.</param>
    /// <param name="users">Number of runs that continue from it.</param>
    public WarmParent(Model model, int epoch, TrainingHistory history, int users)
    {
        this.model = model;
        this.users = users;
        Epoch = epoch;
        History = history;
    }

    /// <summary>Epochs the parent was trained for.</summary>
    public int Epoch { get; }

    /// <summary>The history of its training.</summary>
    public TrainingHistory History { get; }

    /// <summary>Copies its parameters to one of the runs that continue from it; each run calls this once.</summary>
    public void CopyTo(Model other)
    {
        lock (gate)
        {
            model.CopyTo(other);
            if (--users == 0)
                model.Dispose();
        }
    }
}
