live.data.learning_rate = {"rates":[0.05,0.4,0.9,1.1]};
